"""The generated identifiers of tests/benchmarks: a sample of them here, all of them in `make bench`."""

from benchmarks.formatted_ids import Share, found, identifiers, kept, look_alikes, masks_of


def test_generated_identifiers_are_masked_and_look_alikes_stay() -> None:
    samples, others = identifiers(3, 300), look_alikes(3, 60)
    masks = masks_of([*samples, *others], rules_only=False)
    missed = [s.form for s, m in zip(samples, masks[:300], strict=True) if not found(s, m)]
    lost = [s.form for s, m in zip(others, masks[300:], strict=True) if not kept(s, m)]
    assert len(missed) <= 6, missed  # .98; the floor on 2,000 is .99
    assert len(lost) <= 4, lost


def test_the_generator_gives_the_same_for_the_same_seed() -> None:
    assert identifiers(5, 40) == identifiers(5, 40) != identifiers(6, 40)


def test_a_sample_counts_only_if_every_letter_is_masked() -> None:
    sample = identifiers(5, 1)[0]
    (start, end) = sample.parts[0]
    assert found(sample, [(start, end), *sample.parts[1:]])
    assert not found(sample, [(start, end - 1)])
    assert kept(sample, []) and not kept(sample, [(start, start + 1)])


def test_frames_are_several_hundred_and_all_differ() -> None:
    texts = [s.text[: s.parts[0][0]] + "…" + s.text[s.parts[-1][1] :] for s in identifiers(5, 600)]
    assert len(set(texts)) > 590


def test_an_interval_is_wilsons() -> None:
    assert [round(end, 2) for end in Share(8, 10).interval()] == [0.49, 0.94]
