"""What kills, full disks, Ctrl-C and damaged files leave behind: `make faults`. It fails where a figure changed."""
