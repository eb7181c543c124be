import { Stack } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  getFeedbackSettingsOptions,
  getGoalSettingsOptions,
  getOrganizationOptions,
} from '@/api/gen/@tanstack/react-query.gen'
import { may } from '@/api/permissions'
import { PageHeader } from '@/components/PageHeader'
import { FeedbackSettingsCard } from '@/features/feedback/settings/FeedbackSettingsCard'
import { GoalSettingsCard } from '@/features/goals/settings/GoalSettingsCard'
import { RecomputeCard } from '@/features/goals/settings/RecomputeCard'
import { OrganizationCard } from '@/features/organizations/OrganizationCard'

export const Route = createFileRoute('/_app/admin/organization')({
  loader: ({ context: { queryClient } }) =>
    Promise.all([
      queryClient.ensureQueryData(getOrganizationOptions()),
      queryClient.ensureQueryData(getGoalSettingsOptions()),
      queryClient.ensureQueryData(getFeedbackSettingsOptions()),
    ]),
  component: OrganizationSettings,
})

function OrganizationSettings() {
  const { t } = useTranslation()
  const { data: settings } = useSuspenseQuery(getGoalSettingsOptions())
  return (
    <>
      <PageHeader title={t('organization.title')} subtitle={t('organization.subtitle')} />
      <Stack gap="lg" maw={760}>
        <OrganizationCard />
        <GoalSettingsCard />
        <FeedbackSettingsCard />
        {may(settings, 'edit') && <RecomputeCard />}
      </Stack>
    </>
  )
}
