"""What calls `danvan schedule tick` when nobody is there: systemd timers of the user, or lines of the crontab."""
