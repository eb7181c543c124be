import type { PersonRef } from '@/api/gen/types.gen'

/** What stands between an "@" and the caret, if somebody is just being named there. */
export function nameBeingTyped(text: string, caret: number): string | null {
  const match = /(?:^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]+)?)$/u.exec(
    text.slice(0, caret),
  )
  return match ? (match[1] ?? '') : null
}

/** The text with the name in place of what was typed of it, and where the caret goes on. */
export function withName(text: string, caret: number, name: string): [text: string, caret: number] {
  const typed = nameBeingTyped(text, caret)
  if (typed === null) return [text, caret]
  const before = text.slice(0, caret - typed.length)
  const after = text.slice(caret)
  const gap = after.startsWith(' ') ? '' : ' '
  return [`${before}${name}${gap}${after}`, before.length + name.length + 1]
}

/** Names with a part that begins like what was typed come first: "le" means Lena, not Camille. */
export function bestFirst(people: PersonRef[], typed: string): PersonRef[] {
  const begins = ({ name }: PersonRef) =>
    ` ${name.toLowerCase()}`.includes(` ${typed.toLowerCase()}`) ? 0 : 1
  return people.toSorted((a, b) => begins(a) - begins(b))
}

/** Of those who were picked, whoever the text still speaks to. */
export function spokenTo(text: string, picked: PersonRef[]): string[] {
  const ids = picked.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)
  return [...new Set(ids)]
}

/** "@Ada" in the text leads to her page. Longer names first: "@Ada" stands in "@Ada Lovelace" too. */
export function withLinks(text: string, mentions: PersonRef[]): string {
  const byName = new Map(mentions.map(({ id, name }) => [name, id]))
  const names = [...byName.keys()].toSorted((a, b) => b.length - a.length)
  if (names.length === 0) return text
  const pattern = new RegExp(`@(${names.map(escaped).join('|')})`, 'g')
  return text.replace(pattern, (_, name: string) => {
    const shown = name.replaceAll(/[\\[\]*_`]/g, '\\$&')
    return `[@${shown}](/people/${byName.get(name)})`
  })
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
