/** Every word of status in the product, with its one colour. The word always stands beside it. */
export const STATUS_COLOR = {
  on_track: 'leaf',
  at_risk: 'amber',
  off_track: 'coral',
  draft: 'gray',
  active: 'brand',
  upcoming: 'sky',
  ended: 'amber',
  closed: 'gray',
  cancelled: 'gray',
  archived: 'gray',
  on_leave: 'amber',
  left: 'gray',
  planning: 'sky',
  planned: 'brand',
  applying: 'sky',
  applied: 'leaf',
  failed: 'coral',
  discarded: 'gray',
  create: 'leaf',
  update: 'sky',
  deactivate: 'amber',
  unchanged: 'gray',
  error: 'coral',
} as const

export type StatusWord = keyof typeof STATUS_COLOR

/** The fill of a progress bar; without a judgement (no progress yet, closed) it stays neutral. */
export function barColor(status: 'on_track' | 'at_risk' | 'off_track' | null): string {
  return status ? `var(--app-bar-${STATUS_COLOR[status]})` : 'var(--app-bar-neutral)'
}
