import { Group, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { listTeamsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { addTeam, getTeam, removeTeam, updateTeam } from '@/api/gen/sdk.gen'
import type { PersonRef, Team } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { FormDrawer } from '@/components/FormDrawer'
import { PersonPicker } from '@/components/PersonPicker'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'
import { TeamMembers } from './TeamMembers'

function fieldsOf(team: Team | undefined) {
  return { name: team?.name ?? '', lead_id: (team?.lead ?? null) as PersonRef | null }
}

function bodyOf({ name, lead_id }: ReturnType<typeof fieldsOf>) {
  return { name: name.trim(), lead_id: lead_id?.id ?? null }
}

export function TeamDrawer({ team, onClosed }: { team?: Team; onClosed: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const base = useRef(team)
  const path = { team_id: team?.id ?? '' }
  const refresh = () => queryClient.invalidateQueries({ queryKey: listTeamsQueryKey() })
  const form = useForm({
    initialValues: fieldsOf(team),
    validate: { name: (name) => (name.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (fields, tag) =>
      base.current
        ? updateTeam({
            path,
            body: changedFields(bodyOf(fields), bodyOf(fieldsOf(base.current))),
            headers: ifMatch(tag),
          })
        : addTeam({ body: bodyOf(fields) }),
    reload: async () => {
      base.current = (await getTeam({ path })).data
      return fieldsOf(base.current)
    },
    onSaved: () => {
      refresh()
      toastDone(t('teams.saved'))
      onClosed()
    },
  })
  const remove = useMutation({
    mutationFn: () => removeTeam({ path, headers: ifMatch(ANY_VERSION) }),
    onSuccess: () => {
      refresh()
      toastDone(t('teams.removed'))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={team ? t('common.editNamed', { name: team.name }) : t('teams.add')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <TextInput
        required
        data-autofocus
        maxLength={200}
        label={t('teams.name')}
        {...form.getInputProps('name')}
      />
      <PersonPicker label={t('teams.lead')} {...form.getInputProps('lead_id')} />
      {team && <TeamMembers teamId={team.id} />}
      {team && may(team, 'remove') && (
        <Group>
          <ConfirmButton
            size="xs"
            question={t('teams.removeQuestion', { name: team.name })}
            confirmLabel={t('common.remove')}
            onConfirm={() => remove.mutate()}
            loading={remove.isPending}
          >
            {t('teams.remove')}
          </ConfirmButton>
        </Group>
      )}
    </FormDrawer>
  )
}
