import { Button, Card, Checkbox, Group, Stack, Switch, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import {
  getFeedbackSettingsOptions,
  getFeedbackSettingsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { updateFeedbackSettings } from '@/api/gen/sdk.gen'
import type { FeedbackSettings, FeedbackVisibility } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { Conflict, FormProblem } from '@/components/FormProblem'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'
import { CoachSwitches } from './CoachSwitches'

const CHOICES = {
  praise: ['public', 'team', 'recipient', 'recipient_and_manager'],
  advice: ['recipient', 'recipient_and_manager', 'manager'],
} satisfies Record<string, FeedbackVisibility[]>

function fieldsOf(settings: FeedbackSettings) {
  const { praise_visibilities, advice_visibilities, new_managers_read_older, coach_off } = settings
  return { praise_visibilities, advice_visibilities, new_managers_read_older, coach_off }
}

type SettingsFields = ReturnType<typeof fieldsOf>

/** Which audiences praise and advice may have, what a new manager reads, and the coach's rules. */
export function FeedbackSettingsCard() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: settings } = useSuspenseQuery(getFeedbackSettingsOptions())
  const base = useRef(settings)
  const isSome = (choices: string[]) => (choices.length > 0 ? null : t('feedbackSettings.some'))
  const form = useForm<SettingsFields>({
    initialValues: fieldsOf(settings),
    validate: { praise_visibilities: isSome, advice_visibilities: isSome },
  })
  const save = useFormSave({
    form,
    tag: () => tagOf(base.current),
    send: async (fields, tag) => {
      const body = changedFields(fields, fieldsOf(base.current))
      return (await updateFeedbackSettings({ body, headers: ifMatch(tag) })).data
    },
    reload: async () => {
      base.current = await queryClient.fetchQuery({ ...getFeedbackSettingsOptions(), staleTime: 0 })
      return fieldsOf(base.current)
    },
    onSaved: (saved) => {
      base.current = saved
      form.setInitialValues(fieldsOf(saved))
      queryClient.setQueryData(getFeedbackSettingsQueryKey(), saved)
      toastDone(t('organization.saved'))
    },
  })
  const canEdit = may(settings, 'edit')
  return (
    <Card component="section" aria-label={t('feedbackSettings.title')}>
      <Title order={2} mb="md">
        {t('feedbackSettings.title')}
      </Title>
      <form onSubmit={save.submit} noValidate>
        <Stack>
          {save.keepMine && <Conflict onReload={save.takeTheirs} onKeepMine={save.keepMine} />}
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          {(['praise', 'advice'] as const).map((kind) => (
            <Checkbox.Group
              key={kind}
              label={t(`feedbackSettings.${kind}`)}
              description={t('feedbackSettings.hint')}
              {...form.getInputProps(`${kind}_visibilities`)}
            >
              <Stack gap={8} mt="xs">
                {CHOICES[kind].map((visibility) => (
                  <Checkbox
                    key={visibility}
                    value={visibility}
                    disabled={!canEdit}
                    label={t(`audience.choice.${visibility}`)}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          ))}
          <Switch
            disabled={!canEdit}
            label={t('feedbackSettings.newManagers')}
            description={t('feedbackSettings.newManagersHint')}
            {...form.getInputProps('new_managers_read_older', { type: 'checkbox' })}
          />
          <CoachSwitches
            disabled={!canEdit}
            off={form.values.coach_off}
            onChange={(off) => form.setFieldValue('coach_off', off)}
          />
          {canEdit && (
            <Group>
              <Button type="submit" loading={save.isSaving}>
                {t('common.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  )
}
