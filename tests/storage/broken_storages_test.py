#!/usr/bin/env python3
"""Checks that the storage tests detect every deliberately broken storage.

    broken_storages_test.py PROGRAM

Runs the storage tests once for each storage of broken_storages.hpp. Each test named here must fail
by a failed expectation; a crash or a test that did not run does not count.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

CONTRACT = "All/StorageContract.{test}/{storage}"
PLAIN_FILE = "PlainFile.{test}"

# The tests that must detect each broken storage.
DETECTED_BY = {
    "no_compare": ["RefusesAWrongBaseAndWritesNothingOfIt", "LocksAndUnlocks",
                   "ASecondOpenIsRefusedOrSeesTheSame", "ReturnsEverythingAfterReopening",
                   "AGroupOnAWrongBaseWritesNothing", "AGroupIsSeenByASecondStorage"],
    "lost_token": ["FindsTheLastTenThousandTokens", "AReplyLostAtAnyAppendIsLookedUp",
                   "ReturnsEverythingAfterReopening",
                   "AnUnknownOutcomeStopsWritesUntilItIsResolved",
                   "ARepeatedRequestIsRecognizedByEveryBookAndAfterReopening"],
    "tokens_lost_on_reopen": ["FindsTheLastTenThousandTokens", "ReturnsEverythingAfterReopening",
                                 "ARepeatedRequestIsRecognizedByEveryBookAndAfterReopening"],
    "few_tokens": ["FindsTheLastTenThousandTokens"],
    "torn_batch": ["ABatchItCannotWriteLeavesNothing"],
    "writes_before_it_refuses": ["RefusesAWrongBaseAndWritesNothingOfIt",
                                 "AGroupOnAWrongBaseWritesNothing"],
    "reads_twice": ["ReturnsEveryMemberOfEveryKind", "ReadsOnlyWhatIsNewerAndOnlyTheNewestImage",
                    "ReturnsEverythingAfterReopening"],
    "old_image": ["ReadsOnlyWhatIsNewerAndOnlyTheNewestImage", "ReturnsEverythingAfterReopening"],
    "reads_everything": ["ReadsOnlyWhatIsNewerAndOnlyTheNewestImage"],
    "ignores_the_sink": ["StopsReadingWhenTheSinkFails"],
    "keeps_nothing": ["ReturnsEveryMemberOfEveryKind", "ReturnsEverythingAfterReopening"],
    "lost_on_reopen": ["ReturnsEverythingAfterReopening"],
    "drops_a_member": ["ReturnsEveryMemberOfEveryKind"],
    "throws_on_conflict": ["RefusesAWrongBaseAndWritesNothingOfIt"],
    "torn_group": ["AGroupItCannotWriteLeavesNothing"],
    "group_in_wrong_order": ["AGroupIsWrittenInOrder", "ALaterBatchOfAGroupMayReplaceRecords",
                             "FindsTheLastTenThousandTokensOfGroups"],
    "group_before_sync": ["AGroupIsWrittenInOrder", "ALaterBatchOfAGroupMayReplaceRecords",
                          "FindsTheLastTenThousandTokensOfGroups"],
    "group_as_one_batch": ["AGroupIsWrittenInOrder", "ALaterBatchOfAGroupMayReplaceRecords"],
    "group_with_one_token": ["AGroupIsWrittenInOrder", "FindsTheLastTenThousandTokensOfGroups"],
}  # fmt: skip
# A plain file that does not sync fails only after a power loss.
PLAIN_FILE_DETECTED_BY = {"no_sync": ["APowerLossLosesNothingAcknowledged"]}

SECONDS = 60


def run(program, storage, tests):
    """Runs tests. Returns the exit status and the names of the passed and the failed tests."""
    environment = {**os.environ, "SEATBOOK_BROKEN_STORAGE": storage}
    environment.pop("SEATBOOK_RULES_LOG", None)  # tests that must fail cover no rules
    result = subprocess.run(
        [program, "--gtest_filter=" + ":".join(tests), "--gtest_color=no"],
        env=environment, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    ends = dict(re.findall(r"^\[ *(?:OK|FAILED) *\] (\S+?),? .*\((\d+) ms\)$", result.stdout, re.M))
    failed = set(re.findall(r"^\[ *FAILED *\] (\S+?),? .*\(\d+ ms\)$", result.stdout, re.M))
    return result.returncode, set(ends) - failed, failed


def check(program, storage, tests):
    """Lists what is wrong, one line each."""
    status, _, failed = run(program, storage, tests)
    found = [f"{storage}: not detected by {test}" for test in tests if test not in failed]
    if status != 1:
        found.append(f"{storage}: exit status {status}, expected failed tests")
    return found


def storage_names():
    text = (Path(__file__).parent / "broken_storages.hpp").read_text(encoding="utf-8")
    return set(re.findall(r'broken_kind<\w+>\("(\w+)"\)', text))


def main(program):
    found = []
    for storage in sorted(storage_names() ^ (set(DETECTED_BY) | {"correct"})):
        found.append(f"{storage}: must be listed in broken_storages.hpp and in this file")

    # The correct storage must pass all tests that detect broken ones.
    everything = sorted({test for tests in DETECTED_BY.values() for test in tests})
    correct = [CONTRACT.format(test=test, storage="correct") for test in everything]
    status, passed, _ = run(program, "correct", correct)
    if status != 0 or passed != set(correct):
        found.append(f"correct: exit status {status}, {len(passed)} of {len(correct)} tests passed")

    for storage, tests in sorted(DETECTED_BY.items()):
        names = [CONTRACT.format(test=test, storage=storage) for test in tests]
        found.extend(check(program, storage, names))
    for storage, tests in sorted(PLAIN_FILE_DETECTED_BY.items()):
        found.extend(check(program, storage, [PLAIN_FILE.format(test=test) for test in tests]))

    for line in found:
        print(line)
    count = len(DETECTED_BY) + len(PLAIN_FILE_DETECTED_BY)
    print(f"broken storages: {count} run, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
