"""Who ships, who brokers, who bills, and where they sit. All of it invented."""

CLERKS = ("Priya Nair", "Marc Tremblay", "Dana Whitfield", "Sofía Herrera")
QUICKBOOKS = "QuickBooks"

_NAMES = """
Alder Amber Arrow Aspen Atlas Badger Baxter Bayfront Beacon Birch Bluewater Boreal Bridgeport
Calder Canyon Cardinal Cascade Cedar Chinook Clearwater Cobalt Copper Crestline Delta Dominion
Eastgate Elmwood Escarpment Evergreen Falcon Fairmont Foothill Frontenac Gateway Glacier Granite
Greenfield Harbour Hawthorne Heron Highland Horizon Hudson Ironwood Juniper Kestrel Keystone
Kingsway Lakeshore Larch Laurier Longhaul Maple Meridian Metro Milestone Nordic Northgate Oakville
Olympic Osprey Pacific Parkland Peregrine Pinecrest Pioneer Polaris Prairie Quarry Ridgeway
Riverbend Rockport Saltwater Sequoia Sierra Silverline Skyline Spruce Steelworks Sterling Summit
Sunrise Superior Tamarack Thunder Timberline Trillium Tundra Valley Vanguard Westmount Whistler
Willow Windward Yellowhead Zenith
""".split()

# A name before the business, and the form of company after it.
SHIPPERS = ("Foods", "Steel", "Lumber", "Auto Parts", "Paper", "Beverages", "Building Supply")
BROKERS = ("Logistics", "Freight Brokers", "Cargo", "Forwarding", "Transport", "3PL")
FORMS = {"CA": ("Inc.", "Ltd.", "Ltée"), "US": ("LLC", "Inc.", "Corp."), "MX": ("S.A. de C.V.",)}
NAMES = tuple(_NAMES)

STREETS = {
    "CA": ("Industrial Parkway", "Dixie Road", "Rue Sherbrooke", "Airport Road", "Queen Street"),
    "US": ("Commerce Drive", "Logistics Blvd", "Michigan Avenue", "Harbor Way", "Elm Street"),
    "MX": ("Av. Insurgentes", "Calle Hidalgo", "Blvd. Industrial", "Av. Constitución"),
}
DIALLING_CODES = {"CA": "+1 416 555", "US": "+1 312 555", "MX": "+52 81 5555"}
