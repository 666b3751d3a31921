"""Messages of ITCH 5.0 as bytes, written from the tables of the published specification: offset, length, kind of field.

It knows nothing of the parser's formats: each field is put at its offset.
"""

# type | length | fields behind the header as name:offset:length, a name with * is text
SPECIFICATION = """
S | 12 | event_code*:11:1
R | 39 | stock*:11:8 market_category*:19:1 financial_status*:20:1 round_lot_size:21:4 round_lots_only*:25:1
    issue_classification*:26:1 issue_subtype*:27:2 authenticity*:29:1 short_sale_threshold*:30:1 ipo_flag*:31:1
    luld_tier*:32:1 etp_flag*:33:1 etp_leverage:34:4 inverse*:38:1
H | 25 | stock*:11:8 trading_state*:19:1 reserved*:20:1 reason*:21:4
Y | 20 | stock*:11:8 action*:19:1
L | 26 | mpid*:11:4 stock*:15:8 primary*:23:1 mode*:24:1 state*:25:1
V | 35 | level_1_e8:11:8 level_2_e8:19:8 level_3_e8:27:8
W | 12 | breached_level*:11:1
K | 28 | stock*:11:8 release_time_s:19:4 release_qualifier*:23:1 ipo_price_e4:24:4
J | 35 | stock*:11:8 reference_price_e4:19:4 upper_price_e4:23:4 lower_price_e4:27:4 extension:31:4
h | 21 | stock*:11:8 market_code*:19:1 action*:20:1
A | 36 | order_reference:11:8 side*:19:1 shares:20:4 stock*:24:8 price_e4:32:4
F | 40 | order_reference:11:8 side*:19:1 shares:20:4 stock*:24:8 price_e4:32:4 attribution*:36:4
E | 31 | order_reference:11:8 shares:19:4 match_number:23:8
C | 36 | order_reference:11:8 shares:19:4 match_number:23:8 printable*:31:1 price_e4:32:4
X | 23 | order_reference:11:8 shares:19:4
D | 19 | order_reference:11:8
U | 35 | order_reference:11:8 new_order_reference:19:8 shares:27:4 price_e4:31:4
P | 44 | order_reference:11:8 side*:19:1 shares:20:4 stock*:24:8 price_e4:32:4 match_number:36:8
Q | 40 | shares:11:8 stock*:19:8 cross_price_e4:27:4 match_number:31:8 cross_type*:39:1
B | 19 | match_number:11:8
I | 50 | paired_shares:11:8 imbalance_shares:19:8 imbalance_direction*:27:1 stock*:28:8 far_price_e4:36:4
    near_price_e4:40:4 reference_price_e4:44:4 cross_type*:48:1 price_variation*:49:1
N | 20 | stock*:11:8 interest*:19:1
O | 48 | stock*:11:8 open_eligibility*:19:1 minimum_price_e4:20:4 maximum_price_e4:24:4 near_price_e4:28:4
    near_execution_time_ns:32:8 lower_collar_e4:40:4 upper_collar_e4:44:4
"""


def _rows():
    for line in SPECIFICATION.strip().replace("\n    ", " ").splitlines():
        code, length, fields = (cell.strip() for cell in line.split("|"))
        parts = [field.split(":") for field in fields.split()]
        yield code, (int(length), [(n.rstrip("*"), n.endswith("*"), int(at), int(size)) for n, at, size in parts])


LAYOUTS = dict(_rows())


def encode(code, *, locate=1, tracking=0, time_ns=0, **values):
    """A message without its frame. Fields that are not given are 0 or blank."""
    length, fields = LAYOUTS[code]
    data = bytearray(length)
    data[0:1] = code.encode()
    data[1:3], data[3:5], data[5:11] = locate.to_bytes(2), tracking.to_bytes(2), time_ns.to_bytes(6)
    for name, is_text, at, size in fields:
        value = values.pop(name, "" if is_text else 0)
        data[at : at + size] = value.encode().ljust(size) if is_text else value.to_bytes(size)
    assert not values, values
    return bytes(data)


def frame(message):
    """A message behind its length."""
    return len(message).to_bytes(2) + message


def filled(code, chance):
    """Every field of a type with a random value: what is encoded, and the bytes."""
    values = {"locate": chance.randrange(1 << 16), "tracking": chance.randrange(1 << 16)}
    values["time_ns"] = chance.randrange(86_400 * 10**9)
    for name, is_text, _, size in LAYOUTS[code][1]:
        letters = "".join(chance.choice("ABCXYZ159") for _ in range(chance.randint(1, size)))
        values[name] = letters if is_text else chance.randrange(1 << (8 * size))
    return values, encode(code, **values)
