/* global DOCUMENTATION_OPTIONS */
// The theme shows results while one types, if this is set; the page of the search does it itself.
if (!location.pathname.endsWith("/search.html")) {
  DOCUMENTATION_OPTIONS.search_as_you_type = true;
}

// The line that installs the package names the wheel by the address from which the page came.
document.addEventListener("DOMContentLoaded", () => {
  /** @type {NodeListOf<HTMLElement>} */
  const lines = document.querySelectorAll("[data-wheel]");
  for (const line of lines) {
    const { href } = new URL(line.dataset.wheel ?? "", location.href);
    line.textContent = `schedule-learning-rate[plot] @ ${href}`;
  }
});
