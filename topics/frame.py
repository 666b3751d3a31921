"""Confluent's wire framing: a zero byte and the schema id stand before the Avro body."""

from __future__ import annotations

import struct
from typing import Final

FRAME: Final = struct.Struct(">bI")
FRAME_BYTES: Final = 5
