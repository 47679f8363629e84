#!/usr/bin/env python3
"""Is every deliberately broken storage caught by the tests that hold the promise it breaks?

    broken_storages_test.py PROGRAM

Runs the storage tests once for each storage of broken_storages.hpp. Each test named here has to
fail, by a failed expectation: a crash or a test that never ran proves nothing.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

CONTRACT = "All/StorageContract.{test}/{storage}"
PLAIN_FILE = "PlainFile.{test}"

# Which tests hold the promise that a storage breaks.
HELD_BY = {
    "no_compare": ["RefusesAWrongBaseAndWritesNothingOfIt", "LocksAndUnlocks",
                   "ASecondOpenerIsRefusedOrSeesTheSame", "GivesBackEverythingWhenReopened"],
    "lost_token": ["FindsTheLastTenThousandTokens", "AnAnswerLostAtAnyAppendIsLookedUp",
                   "GivesBackEverythingWhenReopened",
                   "AnUnknownOutcomeStopsWritesUntilItIsResolved",
                   "ARequestIsKnownToEveryBookAndAfterReopening"],
    "tokens_gone_at_reopening": ["FindsTheLastTenThousandTokens", "GivesBackEverythingWhenReopened",
                                 "ARequestIsKnownToEveryBookAndAfterReopening"],
    "few_tokens": ["FindsTheLastTenThousandTokens"],
    "torn_batch": ["ABatchItCannotWriteLeavesNothing"],
    "writes_before_it_refuses": ["RefusesAWrongBaseAndWritesNothingOfIt"],
    "reads_twice": ["GivesBackEveryMemberOfEveryKind", "ReadsOnlyWhatIsNewerAndOnlyTheNewestImage",
                    "GivesBackEverythingWhenReopened"],
    "old_image": ["ReadsOnlyWhatIsNewerAndOnlyTheNewestImage", "GivesBackEverythingWhenReopened"],
    "reads_everything": ["ReadsOnlyWhatIsNewerAndOnlyTheNewestImage"],
    "deaf_to_the_sink": ["StopsReadingWhenTheSinkSaysSo"],
    "keeps_nothing": ["GivesBackEveryMemberOfEveryKind", "GivesBackEverythingWhenReopened"],
    "gone_at_reopening": ["GivesBackEverythingWhenReopened"],
    "drops_a_member": ["GivesBackEveryMemberOfEveryKind"],
    "throws_on_conflict": ["RefusesAWrongBaseAndWritesNothingOfIt"],
}  # fmt: skip
# A plain file that does not sync: only a power loss tells.
PLAIN_FILE_HELD_BY = {"no_sync": ["APowerLossLosesNothingAcknowledged"]}

SECONDS = 60


def run(program, storage, tests):
    """The exit status, and the names of the tests that passed and failed."""
    environment = {**os.environ, "SEATBOOK_BROKEN_STORAGE": storage}
    environment.pop("SEATBOOK_RULES_LOG", None)  # nothing is covered by what has to fail
    result = subprocess.run(
        [program, "--gtest_filter=" + ":".join(tests), "--gtest_color=no"],
        env=environment, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    ends = dict(re.findall(r"^\[ *(?:OK|FAILED) *\] (\S+?),? .*\((\d+) ms\)$", result.stdout, re.M))
    failed = set(re.findall(r"^\[ *FAILED *\] (\S+?),? .*\(\d+ ms\)$", result.stdout, re.M))
    return result.returncode, set(ends) - failed, failed


def check(program, storage, tests):
    """What is wrong, as lines."""
    status, _, failed = run(program, storage, tests)
    found = [f"{storage}: not caught by {test}" for test in tests if test not in failed]
    if status != 1:
        found.append(f"{storage}: exit status {status}, expected failed tests")
    return found


def names_of_storages():
    text = (Path(__file__).parent / "broken_storages.hpp").read_text(encoding="utf-8")
    return set(re.findall(r'broken_kind<\w+>\("(\w+)"\)', text))


def main(program):
    found = []
    for storage in sorted(names_of_storages() ^ (set(HELD_BY) | {"sound"})):
        found.append(f"{storage}: stands either in broken_storages.hpp or here, not in both")

    # What is not broken has to pass what the broken ones fail.
    everything = sorted({test for tests in HELD_BY.values() for test in tests})
    sound = [CONTRACT.format(test=test, storage="sound") for test in everything]
    status, passed, _ = run(program, "sound", sound)
    if status != 0 or passed != set(sound):
        found.append(f"sound: exit status {status}, {len(passed)} of {len(sound)} tests passed")

    for storage, tests in sorted(HELD_BY.items()):
        names = [CONTRACT.format(test=test, storage=storage) for test in tests]
        found.extend(check(program, storage, names))
    for storage, tests in sorted(PLAIN_FILE_HELD_BY.items()):
        found.extend(check(program, storage, [PLAIN_FILE.format(test=test) for test in tests]))

    for line in found:
        print(line)
    count = len(HELD_BY) + len(PLAIN_FILE_HELD_BY)
    print(f"broken storages: {count} run, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
