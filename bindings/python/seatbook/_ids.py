"""Numbers that name one kind of record and cannot be mistaken for another kind's."""


class PersonId(int):
    """Names a person of the book it comes from, for good."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"PersonId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names


class LicenseId(int):
    """Names a license of the book it comes from, for good."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"LicenseId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names


class AssignmentId(int):
    """Names a seat that somebody holds or has held of the book it comes from, for good."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"AssignmentId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names


class ActorId(int):
    """Names who has changed something of the book it comes from, for good."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"ActorId({int(self)})"

    __str__ = int.__repr__  # as any number: in texts, addresses and file names
