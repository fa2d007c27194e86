const quantities = new Intl.NumberFormat(undefined, { maximumFractionDigits: 4 });
const rates = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});

/** A quantity, or a tax rate in per cent, as the viewer writes it. */
export const showQuantity = (quantity: number): string => quantities.format(quantity);

/** The price of one unit, which may have parts of a cent. */
export const showRate = (rate: number): string => rates.format(rate);
