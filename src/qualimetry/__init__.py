"""Квалиметрия, measuring quality: HOW results are computed. Pure: no Django, no clock, no names of people."""
