"""The scripts of the page on distributed training, on two processes of torchrun."""

import os
import re
import subprocess
import sys

from support import ROOT

from lr_scheduler import CosineScheduler

SCRIPTS = ROOT / "docs" / "how-to" / "scripts"
DDP, ACCELERATE = SCRIPTS / "train_processes.py", SCRIPTS / "train_accelerate.py"
SHORT = CosineScheduler(max_update=4, base_lr=0.1, final_lr=0.01)
KILL = """    if step == 5:
        distributed.barrier()  # both processes have printed their rates
        os.kill(os.getpid(), 9)

distributed.destroy_process_group()"""


def launch(script, *arguments):
    """Return the status, and the rates that each process used at each step."""
    torchrun = [sys.executable, "-m", "torch.distributed.run"]
    done = subprocess.run(
        [*torchrun, "--standalone", "--nproc-per-node=2", script, *arguments],
        env={**os.environ, "OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"},
        capture_output=True,
        check=False,
        text=True,
    )
    used = {0: {}, 1: {}}
    for rank, step, rate in re.findall(r"rank (\d), step (\d+): ([\d.]+)", done.stdout):
        used[int(rank)][int(step)] = float(rate)
    return done.returncode, used


def changed(script, folder, old, new):
    """Return a copy of the script with one change."""
    text = script.read_text("utf-8")
    assert text.count(old) == 1
    copy = folder / script.name
    copy.write_text(text.replace(old, new), "utf-8")
    return copy


def on_both(schedule, first, last):
    """Return the rates of the schedule, as `launch` does."""
    rates = {t: schedule(t) for t in range(first, last + 1)}
    return {0: rates, 1: rates}


def test_ddp_resumes_after_a_kill_and_with_more_steps(tmp_path):
    checkpoint = tmp_path / "checkpoint.pt"
    schedule = CosineScheduler(max_update=8, base_lr=0.1, final_lr=0.01, warmup_steps=3)
    end = "\ndistributed.destroy_process_group()"
    killed = changed(DDP, tmp_path, end, KILL)
    killed.write_text(f"import os\n{killed.read_text('utf-8')}", "utf-8")

    assert launch(killed, checkpoint, "--steps=8") == (1, on_both(schedule, 1, 5))
    assert launch(DDP, checkpoint, "--steps=8") == (0, on_both(schedule, 5, 8))
    longer = schedule.replace(max_update=12)
    assert launch(DDP, checkpoint, "--steps=12") == (0, on_both(longer, 9, 12))


def test_accelerate_uses_each_rate_once():
    assert launch(ACCELERATE) == (0, on_both(SHORT, 1, 4))


def test_a_prepared_scheduler_is_stepped_once_for_each_process(tmp_path):
    loop = "for step, (x, y) in"
    prepare = f"scheduler = accelerator.prepare(scheduler)\n{loop}"
    script = changed(ACCELERATE, tmp_path, loop, prepare)

    assert launch(script) == (0, on_both(lambda t: SHORT(2 * t - 1), 1, 4))
