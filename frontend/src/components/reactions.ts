import type en from '@/i18n/locales/en.json'

/** Every way to react that there is a word for. */
export type ReactionWord = keyof (typeof en)['reaction']['kind']

export interface Reacted<Kind> {
  kind: Kind
  count: number
  is_mine: boolean
}

/** As it will be once the API has heard of it; always in the order of the kinds. */
export function toggled<Kind>(
  kinds: readonly Kind[],
  reactions: Reacted<Kind>[],
  kind: Kind,
): Reacted<Kind>[] {
  return kinds.flatMap((each) => {
    const found = reactions.find((reaction) => reaction.kind === each)
    if (each !== kind) return found ? [found] : []
    if (!found) return [{ kind, count: 1, is_mine: true }]
    const count = found.count + (found.is_mine ? -1 : 1)
    return count > 0 ? [{ kind, count, is_mine: !found.is_mine }] : []
  })
}

export function inOrder<Kind>(kinds: readonly Kind[], reactions: Reacted<Kind>[]): Reacted<Kind>[] {
  return reactions.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}
