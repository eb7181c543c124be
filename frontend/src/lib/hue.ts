/** A stable hue for a name. */
export function hueOf(name: string): number {
  let hash = 7
  for (const letter of name) hash = (hash * 33 + (letter.codePointAt(0) ?? 0)) % 3600
  return hash / 10
}

/** Backgrounds and text of one lightness each: any hue keeps 7:1, on light pages and on dark ones. */
export function tintOf(hue: number) {
  return {
    background: `light-dark(oklch(0.925 0.045 ${hue}), oklch(0.35 0.065 ${hue}))`,
    color: `light-dark(oklch(0.37 0.1 ${hue}), oklch(0.93 0.04 ${hue}))`,
  }
}
