import { Card, Group, SimpleGrid, Text, Title } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoalProgress } from '@/components/GoalProgress'
import { StatusBadge } from '@/components/StatusBadge'
import { useFormat } from '@/i18n/format'
import { currentCycle, cyclesOptions, goalTreeOptions } from './queries'

/** Where everybody is heading: the company's goals of this cycle. */
export function CompanyGoals() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const { data: tree } = useSuspenseQuery(goalTreeOptions(currentCycle(cycles)?.id))
  const goals = tree.nodes.filter((goal) => goal.level === 'company' && goal.state === 'active')
  if (goals.length === 0) return null
  return (
    <Card component="section" aria-label={t('home.companyGoals')}>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t('home.companyGoals')}</Title>
        <Link to="/goals" className="row-link">
          <Text size="sm" c="var(--mantine-color-anchor)" component="span">
            {t('home.allGoals')}
          </Text>
        </Link>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="xl" verticalSpacing="lg">
        {goals.map((goal) => (
          <div key={goal.id}>
            <Text size="sm" fw={570} mb={8} mih={{ base: 0, sm: 42 }} className="clamp-2">
              <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
                {goal.title}
              </Link>
            </Text>
            <Group justify="space-between" mb={8}>
              <Text fz={22} fw={680} lh={1} className="tabular">
                {goal.progress === null ? '–' : format.percent(goal.progress)}
              </Text>
              <StatusBadge status={goal.status ?? 'active'} />
            </Group>
            <GoalProgress goal={goal} />
          </div>
        ))}
      </SimpleGrid>
    </Card>
  )
}
