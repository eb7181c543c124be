import { Stack } from '@mantine/core'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getGoalSettingsOptions, getOrganizationOptions } from '@/api/gen/@tanstack/react-query.gen'
import { PageHeader } from '@/components/PageHeader'
import { GoalSettingsCard } from '@/features/goals/settings/GoalSettingsCard'
import { OrganizationCard } from '@/features/organizations/OrganizationCard'

export const Route = createFileRoute('/_app/admin/organization')({
  loader: ({ context: { queryClient } }) =>
    Promise.all([
      queryClient.ensureQueryData(getOrganizationOptions()),
      queryClient.ensureQueryData(getGoalSettingsOptions()),
    ]),
  component: OrganizationSettings,
})

function OrganizationSettings() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('organization.title')} subtitle={t('organization.subtitle')} />
      <Stack gap="lg" maw={760}>
        <OrganizationCard />
        <GoalSettingsCard />
      </Stack>
    </>
  )
}
