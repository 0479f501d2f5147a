"""`make bench`."""

from bench import case_mix, effects, funnels, loading, pages, reading, repaint, signals, viewers

effects.run()
funnels.run()
signals.run()
case_mix.run()
reading.run()
loading.run()
pages.run()
repaint.run()
viewers.run()
