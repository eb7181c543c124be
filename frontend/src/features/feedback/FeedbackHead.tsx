import { Group, Text, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Feedback, PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { PersonAvatar } from '@/components/PersonAvatar'
import { useFormat } from '@/i18n/format'
import { namesOf } from './audience'
import { receiversOf } from './people'

function Name({ person, you }: { person: PersonRef; you: string }) {
  const me = useMe()
  return (
    <Text span inherit fw={620} c="var(--mantine-color-text)">
      <Link to="/people/$personId" params={{ personId: person.id }} className="row-link">
        {person.id === me.person.id ? you : person.name}
      </Link>
    </Text>
  )
}

/** One, two or three by name; of more the first two, and all of them for whoever points there. */
function Receivers({ people }: { people: PersonRef[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const sorted = people.toSorted(
    (a, b) => Number(b.id === me.person.id) - Number(a.id === me.person.id),
  )
  const words = namesOf(t, people, me.person.id)
  const named = words.length === people.length ? sorted : sorted.slice(0, words.length - 1)
  const all = format.list(people.map(({ name }) => name))
  let place = 0
  return format.listParts(words).map(({ type, value }) => {
    if (type === 'literal') return value
    const person = named[place++]
    if (person) return <Name key={person.id} person={person} you={t('audience.you')} />
    return (
      <Tooltip key="more" label={all} multiline maw={320}>
        <Text span inherit fw={620} c="var(--mantine-color-text)">
          {value}
        </Text>
      </Tooltip>
    )
  })
}

/** Who gave it to whom, and when. */
export function FeedbackHead({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <PersonAvatar name={feedback.giver.name} size={38} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" c="dimmed" lh={1.4}>
          <Name person={feedback.giver} you={t('audience.youFirst')} /> {t('feedback.to')}{' '}
          <Receivers people={receiversOf(feedback)} />
        </Text>
        <Text size="xs" c="dimmed">
          <time dateTime={feedback.created_at} title={format.instant(feedback.created_at)}>
            {format.elapsed(feedback.created_at)}
          </time>
          {feedback.edited_at && (
            <span title={format.instant(feedback.edited_at)}> · {t('conversation.edited')}</span>
          )}
        </Text>
      </div>
    </Group>
  )
}
