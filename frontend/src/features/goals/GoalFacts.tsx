import { Card, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalDetail, GoalRef } from '@/api/gen/types.gen'
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

function GoalLink({ goal }: { goal: GoalRef }) {
  return (
    <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="row-link">
      {goal.title}
    </Link>
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
        <Stack gap="md" component="dl" m={0}>
          <Fact label={t('goals.cycle')}>{goal.cycle?.name ?? t('goal.noCycle')}</Fact>
          <Fact label={t('goal.period')}>
            {format.day(goal.starts_on)} – {format.date(goal.due_on)}
          </Fact>
          <Fact label={t('goal.ambition')}>{t(`goal.ambitionHint.${goal.ambition}`)}</Fact>
          <Fact label={t('goal.purpose')}>{t(`goal.purposes.${goal.purpose}`)}</Fact>
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
          {goal.parent_key_result && (
            <Fact label={t('goal.parentKeyResult')}>{goal.parent_key_result.title}</Fact>
          )}
          {goal.carried_from && (
            <Fact label={t('carryOver.from')}>
              <GoalLink goal={goal.carried_from} />
            </Fact>
          )}
          {goal.carried_to && (
            <Fact label={t('carryOver.to')}>
              <GoalLink goal={goal.carried_to} />
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
