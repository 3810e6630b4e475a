"""What is run apart, with libraries that the environment has not, is no module of tests."""

collect_ignore = ["own_tagger_torch.py"]
