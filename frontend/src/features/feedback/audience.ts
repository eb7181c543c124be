import {
  type Icon,
  IconLock,
  IconMessageQuestion,
  IconUsers,
  IconUsersGroup,
  IconUserUp,
  IconWorld,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { FeedbackVisibility, PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { useFormat } from '@/i18n/format'

export const AUDIENCE_ICON: Record<FeedbackVisibility, Icon> = {
  public: IconWorld,
  team: IconUsersGroup,
  recipient: IconLock,
  recipient_and_manager: IconUsers,
  manager: IconUserUp,
  requester: IconMessageQuestion,
}

export interface Between {
  /** Nobody in particular: whoever is going to write it. */
  giver: PersonRef | null
  /** Nobody yet, where they are still to be chosen. */
  receivers: PersonRef[]
  requester?: PersonRef | null
}

const NAMED = 2

/** One, two, or the first two "and 3 more"; whoever reads comes first. */
export function namesOf(t: TFunction, people: PersonRef[], meId: string): string[] {
  const named = (person: PersonRef) => (person.id === meId ? t('audience.you') : person.name)
  const sorted = people.toSorted((a, b) => Number(b.id === meId) - Number(a.id === meId))
  if (sorted.length <= NAMED + 1) return sorted.map(named)
  const more = t('audience.more', { count: sorted.length - NAMED })
  return [...sorted.slice(0, NAMED).map(named), more]
}

/** "your manager", "Anna's manager", "their managers": of those who receive it. */
function belonging(
  t: TFunction,
  whose: 'manager' | 'team',
  receivers: PersonRef[],
  meId: string,
): string {
  const [receiver] = receivers
  if (!receiver) return t(`audience.${whose}.theirs`)
  if (receivers.length > 1) return t(`audience.${whose}.ofAll`)
  if (receiver.id === meId) return t(`audience.${whose}.yours`)
  return t(`audience.${whose}.of`, { name: receiver.name })
}

/** Who reads what one of them received and neither of them is, is the manager. */
function managerOf(t: TFunction, { giver, receivers }: Between, meId: string): string {
  const isBetween = giver === null || [giver, ...receivers].some(({ id }) => id === meId)
  if (!isBetween && receivers.length === 1) return t('audience.you')
  return belonging(t, 'manager', receivers, meId)
}

/** Everybody whom the words of an audience name, the reader first. */
function readers(
  t: TFunction,
  visibility: Exclude<FeedbackVisibility, 'public'>,
  between: Between,
  meId: string,
): string[] {
  const { giver, receivers, requester } = between
  const writer = giver ? [] : [t('audience.writer')]
  const receiver = receivers.length > 0 ? [] : [t('audience.receiver')]
  const both = [...(giver ? [giver] : []), ...receivers]
  const names = (people: PersonRef[]) => namesOf(t, people, meId)
  switch (visibility) {
    case 'recipient':
      return [...names(both), ...receiver, ...writer]
    case 'recipient_and_manager':
      return [...names(both), ...receiver, ...writer, managerOf(t, between, meId)]
    case 'team':
      return [...names(both), ...receiver, ...writer, belonging(t, 'team', receivers, meId)]
    case 'manager':
      return [...names(giver ? [giver] : []), ...writer, managerOf(t, between, meId)]
    case 'requester':
      return [
        ...names([...(requester ? [requester] : []), ...(giver ? [giver] : [])]),
        ...writer,
        ...(requester ? [] : [t('audience.asker')]),
      ]
  }
}

/** Who reads it, in words: "Everybody", "Only you and Anna". */
export function audienceText(
  t: TFunction,
  listed: (words: string[]) => string,
  visibility: FeedbackVisibility,
  between: Between,
  meId: string,
): string {
  if (visibility === 'public') return t('audience.everybody')
  return t('audience.only', { people: listed(readers(t, visibility, between, meId)) })
}

export function useAudienceText() {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  return (visibility: FeedbackVisibility, between: Between) =>
    audienceText(t, format.list, visibility, between, me.person.id)
}
