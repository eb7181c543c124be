/**
 * Decimals travel as strings. A screen turns them into numbers for drawing only; what a person
 * types goes back as the string it was, so that nothing is lost on the way.
 */
export function toNumber(decimal: string): number {
  return Number(decimal)
}

/** A progress for a bar: 0..1, whatever the raw value is. */
export function clampUnit(value: number): number {
  return Math.min(1, Math.max(0, value))
}

const PLAIN = /^-?\d{1,18}(\.\d{1,12})?$/

/**
 * What a person typed as the API's decimal, or null. Both `4.5` and `4,5` are read; thousands
 * separators are not, since `1.234` means two different numbers in two countries.
 */
export function parseDecimal(text: string): string | null {
  const plain = text.trim().replace(/^[−–]/, '-').replace(',', '.')
  return PLAIN.test(plain) ? plain : null
}

/** "12.500000000000" as a person would write it, in their language. */
export function typedDecimal(decimal: string, separator: string): string {
  const plain = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
  return plain.replace('.', separator)
}
