"""What a calibration must have before it may read, in numbers: for what learns, and for pages, which load none of that."""

LEAST = 200  # labels by people
LEAST_OF_CLASS = 15  # of each class
LEAST_UNSEEN = 50  # that the reader which runs has not learned from
GAIN = 0.02  # of macro-F1
