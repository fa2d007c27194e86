"""The HTML of the page at /, with places for what changes."""

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulated QuickBooks</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 0 auto; padding: 1rem;
  color: #1c2321; background: #fff; }}
header {{ border-bottom: 3px solid #2ca01c; }}
h1 {{ font-size: 1.3rem; margin: 0; }}
h2 {{ font-size: 1.15rem; margin: 1.5rem 0 0; }}
h3 {{ font-size: 1rem; margin: 1.2rem 0 .3rem; }}
header p, .about {{ margin: 0 0 .6rem; color: #5a6462; }}
.said {{ background: #fff6d6; border: 1px solid #e2c65c; padding: .5rem .8rem; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; padding: .3rem .5rem; border-bottom: 1px solid #dfe4e2;
  white-space: nowrap; }}
th {{ color: #5a6462; font-weight: 600; font-size: .85rem; }}
.amount {{ text-align: right; font-variant-numeric: tabular-nums; }}
td form {{ display: inline; margin-right: .3rem; }}
input, select, button {{ font: inherit; padding: .2rem .4rem; }}
.record {{ display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; }}
.record label {{ display: flex; flex-direction: column; font-size: .85rem; color: #5a6462; }}
.record button {{ background: #2ca01c; color: #fff; border: 0; border-radius: 4px;
  padding: .35rem .9rem; }}
</style>
<header>
<h1>Simulated QuickBooks</h1>
<p>Nothing here is real. What you do here reaches the app as it would from QuickBooks.</p>
</header>
{said}
{sections}
</html>"""

SECTION = """<section>
<h2>{name}</h2>
<p class="about">Company {realm}, {currency}, {connected}</p>
<h3>Invoices</h3>
<div class="scroll"><table>
<tr><th>No.</th><th>Customer</th><th>Date</th><th>Due</th><th class="amount">Total</th>
<th class="amount">Balance</th><th>Pay now</th><th></th></tr>
{invoices}
</table></div>
<h3>Record a payment</h3>
<p class="about">Enter what is paid beside each invoice above; one payment may pay many.</p>
<form id="record-{realm}" class="record" method="post" action="/companies/{realm}/payments">
<label>Date <input type="date" name="date" value="{today}"></label>
<label>Method <select name="method"><option value="">none</option>{methods}</select></label>
<label>Reference <input name="reference" maxlength="21" size="12"></label>
<label>Note <input name="note" size="24"></label>
<label>Total, if more <input name="total" inputmode="decimal" size="8"></label>
<button>Record payment</button>
</form>
<h3>Payments</h3>
<div class="scroll"><table>
<tr><th>Id</th><th>Customer</th><th>Date</th><th class="amount">Total</th><th>Applied to</th>
<th>Reference</th><th>Note</th><th></th></tr>
{payments}
</table></div>
</section>"""
