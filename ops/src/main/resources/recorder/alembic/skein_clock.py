"""The clock as the team's code sees it."""

import datetime
import gc
import time

_TIMES = ("localtime", "gmtime", "ctime")


def go_ahead(seconds):
    """Lets the clock of this process go ahead: today's date in a script becomes another one.

    The classes stay what they are, since libraries look types up by identity; only the methods
    that ask for the time are replaced. The monotonic clocks are left alone: they are for waiting.
    """
    real_time, real_nanos = time.time, time.time_ns
    time.time = lambda: real_time() + seconds
    time.time_ns = lambda: real_nanos() + int(seconds * 1_000_000_000)
    for name in _TIMES:
        setattr(time, name, _of_now(getattr(time, name)))
    formatted, told = time.strftime, time.asctime
    time.strftime = lambda form, *given: formatted(form, *(given or (time.localtime(),)))
    time.asctime = lambda *given: told(*(given or (time.localtime(),)))
    _shift_datetime()


def _of_now(function):
    def called(moment=None):
        return function(time.time() if moment is None else moment)

    return called


def _shift_datetime():
    # date.today() asks time.time() by itself, these two ask the system.
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    def utcnow(cls):
        aware = cls.fromtimestamp(time.time(), datetime.timezone.utc)
        return aware.replace(tzinfo=None)

    try:
        import ctypes

        # A class written in C shows its methods through a view; they are in what the view is on.
        methods = gc.get_referents(datetime.datetime.__dict__)[0]
        if not isinstance(methods, dict) or "utcnow" not in methods:
            return
        methods["now"], methods["utcnow"] = classmethod(now), classmethod(utcnow)
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(datetime.datetime))
    except (ImportError, AttributeError, IndexError):
        # Another Python than CPython: dates of today are found, times of now are different anyway.
        return
