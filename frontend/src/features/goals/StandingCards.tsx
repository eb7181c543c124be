import { Card, Group, RingProgress, SimpleGrid, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { GoalNode } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { useFormat } from '@/i18n/format'
import { barColor } from '@/theme/status'
import { currentCycle, cyclesOptions, goalTreeOptions } from './queries'

interface Standing {
  key: 'yours' | 'onTrack' | 'checkedIn'
  /** 0..1, or null where there is nothing to count. */
  value: number | null
  color: string
}

function share(part: GoalNode[], whole: GoalNode[]): number | null {
  return whole.length === 0 ? null : part.length / whole.length
}

/** How the goals stand in three numbers: yours, everybody's, and how alive they are. */
function standings(nodes: GoalNode[], meId: string): Standing[] {
  const active = nodes.filter((goal) => goal.state === 'active')
  const yours = active.filter((goal) => goal.owner.id === meId && goal.progress !== null)
  const judged = active.filter((goal) => goal.status !== null)
  const mean =
    yours.length === 0
      ? null
      : yours.reduce((sum, goal) => sum + Number(goal.progress), 0) / yours.length
  return [
    { key: 'yours', value: mean, color: barColor(null) },
    {
      key: 'onTrack',
      value: share(
        judged.filter((goal) => goal.status === 'on_track'),
        judged,
      ),
      color: barColor('on_track'),
    },
    {
      key: 'checkedIn',
      value: share(
        active.filter((goal) => !goal.is_stale),
        active,
      ),
      color: 'sky',
    },
  ]
}

export function StandingCards() {
  const { t } = useTranslation()
  const format = useFormat()
  const me = useMe()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const { data: tree } = useSuspenseQuery(goalTreeOptions(currentCycle(cycles)?.id))
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
      {standings(tree.nodes, me.person.id).map(({ key, value, color }) => (
        <Card key={key} component="section" aria-label={t(`home.standing.${key}`)}>
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" c="dimmed">
                {t(`home.standing.${key}`)}
              </Text>
              <Text fz={29} fw={690} lh={1.2} className="tabular">
                {value === null ? '–' : format.percent(value)}
              </Text>
            </div>
            <RingProgress
              aria-hidden
              size={72}
              thickness={7}
              roundCaps
              rootColor="var(--app-track)"
              sections={[{ value: (value ?? 0) * 100, color }]}
            />
          </Group>
        </Card>
      ))}
    </SimpleGrid>
  )
}
