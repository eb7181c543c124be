import { Card, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalDetail } from '@/api/gen/types.gen'
import { PersonLine } from '@/components/PersonLine'
import { useFormat } from '@/i18n/format'

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={2} component="dt">
        {label}
      </Text>
      <Text size="sm" component="dd" m={0}>
        {children}
      </Text>
    </div>
  )
}

export function GoalFacts({ goal }: { goal: GoalDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card>
      <Title order={2} mb="md">
        {t('goal.about')}
      </Title>
      <Stack gap="md">
        <PersonLine person={goal.owner} />
        <Stack gap="md" component="dl" m={0}>
          <Fact label={t('goals.cycle')}>{goal.cycle?.name ?? t('goal.noCycle')}</Fact>
          <Fact label={t('goal.period')}>
            {format.day(goal.starts_on)} – {format.date(goal.due_on)}
          </Fact>
          <Fact label={t('goal.visibility')}>{t(`goal.visibilities.${goal.visibility}`)}</Fact>
          <Fact label={t('goal.driver')}>{t(`goal.drivers.${goal.driver}`)}</Fact>
          {goal.parent && (
            <Fact label={t('goal.weight')}>
              {t('goal.weightUnder', {
                weight: format.number(goal.weight),
                parent: goal.parent.title,
              })}
            </Fact>
          )}
          {goal.final_score !== null && (
            <Fact label={t('goal.finalScore')}>{format.number(goal.final_score)}</Fact>
          )}
          <Fact label={t('goal.lastCheckIn')}>
            {goal.checked_in_at ? format.ago(goal.checked_in_at) : t('goal.neverCheckedIn')}
          </Fact>
        </Stack>
      </Stack>
    </Card>
  )
}
