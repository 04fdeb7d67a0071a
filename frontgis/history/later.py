"""A field that is made when it is first asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """Describe a field of a dataclass that is given as its value, or as what makes that value when it is asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, holder: object | None, owner: type | None = None) -> T:
        if holder is None:  # asked of the class: the field has no default
            raise AttributeError(self._name)
        value: T | Callable[[], T] = holder.__dict__[self._name]
        if callable(value):
            holder.__dict__[self._name] = value = value()
        return value

    def __set__(self, holder: object, value: T | Callable[[], T]) -> None:
        holder.__dict__[self._name] = value
