import { Badge, Box, Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import {
  type Icon,
  IconAt,
  IconBellRinging,
  IconFileAlert,
  IconHeartHandshake,
  IconMessageQuestion,
  IconMessages,
  IconSunHigh,
  IconTargetArrow,
} from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listNeedsOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { Need } from '@/api/gen/types.gen'
import { EmptyState } from '@/components/EmptyState'
import { useFormat } from '@/i18n/format'

interface Kind {
  icon: Icon
  color: string
}

const KINDS: Record<string, Kind> = {
  goal_check_in_due: { icon: IconTargetArrow, color: 'amber' },
  goal_comments_new: { icon: IconMessages, color: 'brand' },
  goal_mentions_you: { icon: IconAt, color: 'brand' },
  goal_news_asked: { icon: IconMessageQuestion, color: 'amber' },
  goal_to_agree: { icon: IconHeartHandshake, color: 'sky' },
  import_to_review: { icon: IconFileAlert, color: 'sky' },
}
/** A kind that this page does not know yet is still a need. */
const UNKNOWN: Kind = { icon: IconBellRinging, color: 'brand' }

interface NeedsCardProps {
  /** Checks in without leaving the page. */
  onCheckIn: (goalId: string) => void
}

function NeedTitle({ need }: { need: Need }) {
  if (need.resource === 'goals') {
    return (
      <Link to="/goals/$goalId" params={{ goalId: need.id }} className="row-link">
        {need.title}
      </Link>
    )
  }
  if (need.kind === 'import_to_review') {
    return (
      <Link to="/admin/imports/$importId" params={{ importId: need.id }} className="row-link">
        {need.title}
      </Link>
    )
  }
  return <>{need.title}</>
}

function NeedRow({ need, onCheckIn }: { need: Need } & NeedsCardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { icon: Shape, color } = KINDS[need.kind] ?? UNKNOWN
  const why: Record<string, string | null> = {
    goal_check_in_due: need.since && t('needs.quietSince', { date: format.dayOf(need.since) }),
    goal_comments_new: t('needs.comments', { count: need.count ?? 1 }),
    goal_mentions_you: t('needs.mentioned', { count: need.count ?? 1 }),
    goal_news_asked: need.detail && t('needs.newsAsked', { name: need.detail }),
    goal_to_agree: need.detail && t('needs.proposedBy', { name: need.detail }),
    import_to_review: need.count === null ? null : t('needs.warnings', { count: need.count }),
  }
  return (
    <Group component="li" gap="sm" wrap="nowrap" py={9}>
      <ThemeIcon variant="light" color={color} size={38} aria-hidden>
        <Shape size={20} stroke={1.7} />
      </ThemeIcon>
      <Box flex={1} miw={0}>
        <Text size="sm" fw={570} className="clamp-2">
          <NeedTitle need={need} />
        </Text>
        {(why[need.kind] ?? need.detail) && (
          <Text size="xs" c="dimmed" className="clamp-2">
            {why[need.kind] ?? need.detail}
          </Text>
        )}
      </Box>
      {(need.kind === 'goal_check_in_due' || need.kind === 'goal_news_asked') && (
        <Button
          size="xs"
          variant="light"
          aria-label={t('goals.checkInOn', { title: need.title })}
          onClick={() => onCheckIn(need.id)}
        >
          {t('goal.act.check_in')}
        </Button>
      )}
      {need.kind === 'goal_to_agree' && (
        <Button
          size="xs"
          variant="light"
          renderRoot={(props) => (
            <Link to="/goals/$goalId" params={{ goalId: need.id }} {...props} />
          )}
        >
          {t('needs.look')}
        </Button>
      )}
      {(need.kind === 'goal_comments_new' || need.kind === 'goal_mentions_you') && (
        <Button
          size="xs"
          variant="light"
          renderRoot={(props) => (
            <Link to="/goals/$goalId" params={{ goalId: need.id }} hash="conversation" {...props} />
          )}
        >
          {t('needs.look')}
        </Button>
      )}
      {need.kind === 'import_to_review' && (
        <Button
          size="xs"
          variant="light"
          renderRoot={(props) => (
            <Link to="/admin/imports/$importId" params={{ importId: need.id }} {...props} />
          )}
        >
          {t('needs.look')}
        </Button>
      )}
    </Group>
  )
}

/** One ranked list of what waits for you, one verb a row, done in place where possible. */
export function NeedsCard({ onCheckIn }: NeedsCardProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(listNeedsOptions())
  return (
    <Card h="100%">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('needs.title')}</Title>
        {data.items.length > 0 && <Badge color="amber">{data.items.length}</Badge>}
      </Group>
      {data.items.length === 0 ? (
        <EmptyState icon={IconSunHigh} title={t('needs.calmTitle')}>
          {t('needs.calmText')}
        </EmptyState>
      ) : (
        <Stack component="ol" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
          {data.items.map((need) => (
            <NeedRow key={`${need.kind} ${need.id}`} need={need} onCheckIn={onCheckIn} />
          ))}
        </Stack>
      )}
    </Card>
  )
}
