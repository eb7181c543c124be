import { Group, Text } from '@mantine/core'
import { IconChecks, IconHeartHandshake, IconTargetArrow } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Feedback } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { Markdown } from '@/components/Markdown'
import { useFormat } from '@/i18n/format'
import { namesOf } from './audience'
import { Tags } from './Tags'

/** What was said, and what it speaks of. */
export function FeedbackWords({ feedback }: { feedback: Feedback }) {
  const { goal } = feedback
  return (
    <>
      <Text size="sm" component="div" lh={1.6}>
        <Markdown>{feedback.text}</Markdown>
      </Text>
      <Tags values={feedback.values} skills={feedback.skills} />
      {goal && (
        <Group gap={6} wrap="nowrap" c="dimmed">
          <IconTargetArrow size={15} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="xs" truncate>
            <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
              {goal.title}
            </Link>
          </Text>
        </Group>
      )}
    </>
  )
}

/** What those who received it have said to it without words. */
export function Received({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const thanked = feedback.receivers.filter(({ thanked_at }) => thanked_at)
  const read = feedback.receivers.filter((one) => one.acknowledged_at && !one.thanked_at)
  const named = (receivers: Feedback['receivers']) =>
    format.list(
      namesOf(
        t,
        receivers.map(({ person }) => person),
        me.person.id,
      ),
    )
  const lines = [
    { people: thanked, icon: IconHeartHandshake, text: 'feedback.thankedBy' as const },
    { people: read, icon: IconChecks, text: 'feedback.readBy' as const },
  ]
  return lines
    .filter(({ people }) => people.length > 0)
    .map(({ people, icon: Shape, text }) => (
      <Group key={text} gap={6} wrap="nowrap" c="dimmed">
        <Shape size={15} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="xs">{t(text, { names: named(people) })}</Text>
      </Group>
    ))
}
