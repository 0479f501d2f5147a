"""`make bench`."""

from bench import case_mix, effects, funnels, loading, pages, repaint, signals

effects.run()
funnels.run()
signals.run()
case_mix.run()
loading.run()
pages.run()
repaint.run()
