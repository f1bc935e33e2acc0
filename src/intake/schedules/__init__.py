"""Schedules of assessment works as schools publish them → works with class, subject and day. Nothing here raises."""

from intake.schedules.contracts import ReadWork, ScheduleReading
from intake.schedules.definitions import short_key
from intake.schedules.hours import HoursReading, ReadHours, read_hours, read_pasted_hours
from intake.schedules.reading import read_pasted_schedule, read_schedule

__all__ = [
    "HoursReading",
    "ReadHours",
    "ReadWork",
    "ScheduleReading",
    "read_hours",
    "read_pasted_hours",
    "read_pasted_schedule",
    "read_schedule",
    "short_key",
]
