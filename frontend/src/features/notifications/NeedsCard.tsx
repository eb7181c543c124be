import { Badge, Box, Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import {
  type Icon,
  IconAt,
  IconBellRinging,
  IconBulb,
  IconFileAlert,
  IconFlag,
  IconHeartHandshake,
  IconMessageQuestion,
  IconMessages,
  IconSunHigh,
  IconTargetArrow,
  IconUsersPlus,
} from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listNeedsOptions } from '@/api/gen/@tanstack/react-query.gen'
import type { Need } from '@/api/gen/types.gen'
import { EmptyState } from '@/components/EmptyState'
import { useFormat } from '@/i18n/format'
import { targetOf } from './target'

interface Kind {
  icon: Icon
  color: string
}

const KINDS: Record<string, Kind> = {
  feedback_asked: { icon: IconMessageQuestion, color: 'sky' },
  feedback_commented: { icon: IconMessages, color: 'brand' },
  feedback_proposed: { icon: IconUsersPlus, color: 'sky' },
  feedback_received: { icon: IconBulb, color: 'leaf' },
  feedback_reported: { icon: IconFlag, color: 'coral' },
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

/** What is done in place, without leaving the page. */
const IN_PLACE = ['goal_check_in_due', 'goal_news_asked']

/** What names a person is a sentence about them; everything else has a title of its own. */
function useTitle() {
  const { t, i18n } = useTranslation()
  return ({ kind, title }: Need) => {
    const key = `needs.titles.${kind}`
    return i18n.exists(key) ? t(key as 'needs.titles.feedback_asked', { name: title }) : title
  }
}

function NeedRow({ need, onCheckIn }: { need: Need } & NeedsCardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const title = useTitle()(need)
  const target = targetOf(need)
  const { icon: Shape, color } = KINDS[need.kind] ?? UNKNOWN
  const why: Record<string, string | null> = {
    feedback_asked: need.detail && t('needs.askedBy', { name: need.detail }),
    feedback_commented: t('needs.somebodyAnswered'),
    feedback_proposed: t('needs.otherAudience'),
    feedback_received: need.since && format.ago(need.since),
    feedback_reported: t('needs.reports', { count: need.count ?? 1 }),
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
          {target ? (
            <Link {...target} className="row-link">
              {title}
            </Link>
          ) : (
            title
          )}
        </Text>
        {(why[need.kind] ?? need.detail) && (
          <Text size="xs" c="dimmed" className="clamp-2">
            {why[need.kind] ?? need.detail}
          </Text>
        )}
      </Box>
      {IN_PLACE.includes(need.kind) ? (
        <Button
          size="xs"
          variant="light"
          aria-label={t('goals.checkInOn', { title: need.title })}
          onClick={() => onCheckIn(need.id)}
        >
          {t('goal.act.check_in')}
        </Button>
      ) : (
        target && (
          <Button size="xs" variant="light" renderRoot={(props) => <Link {...target} {...props} />}>
            {t(need.kind === 'feedback_asked' ? 'requests.answer' : 'needs.look')}
          </Button>
        )
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
