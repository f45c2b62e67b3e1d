"""The schedules of Hugging Face Transformers, on a real optimizer that takes real steps."""

from adapters.pytorch import rates as rates
