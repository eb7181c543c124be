import type en from '@/i18n/locales/en.json'

/** Every way to react that there is a word for. */
export type ReactionWord = keyof (typeof en)['reaction']['kind']

export interface Reacted<Kind> {
  kind: Kind
  count: number
  is_mine: boolean
}

/** To react in one way, or no longer. */
export interface Wish<Kind> {
  kind: Kind
  wanted: boolean
}

/** As it will be once the API has heard of it, and no other where it has; in the order of the kinds. */
export function reacted<Kind>(
  kinds: readonly Kind[],
  reactions: Reacted<Kind>[],
  { kind, wanted }: Wish<Kind>,
): Reacted<Kind>[] {
  return kinds.flatMap((each) => {
    const found = reactions.find((reaction) => reaction.kind === each)
    if (each !== kind || (found?.is_mine ?? false) === wanted) return found ? [found] : []
    const count = (found?.count ?? 0) + (wanted ? 1 : -1)
    return count > 0 ? [{ kind, count, is_mine: wanted }] : []
  })
}

export function inOrder<Kind>(kinds: readonly Kind[], reactions: Reacted<Kind>[]): Reacted<Kind>[] {
  return reactions.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}
