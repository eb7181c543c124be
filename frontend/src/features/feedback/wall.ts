import type { PraiseSearch } from './search'

/** What is asked of the API for what the address says. */
export function wallQuery({ show, value, person }: PraiseSearch) {
  return {
    box: show ?? ('wall' as const),
    value_id: value,
    receiver_id: person,
  }
}

/** One after the other into the columns, so that the newest stand side by side at the top. */
export function columnsOf<Item>(items: Item[], count: number): { place: number; items: Item[] }[] {
  return Array.from({ length: count }, (_, place) => ({
    place,
    items: items.filter((_, index) => index % count === place),
  }))
}
