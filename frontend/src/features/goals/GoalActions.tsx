import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  type Icon,
  IconArchive,
  IconArchiveOff,
  IconArrowForwardUp,
  IconBell,
  IconBellOff,
  IconCircleX,
  IconDots,
  IconFlagCheck,
  IconHeartHandshake,
  IconMessage2Exclamation,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconPrinter,
  IconRotate,
  IconSend,
  IconTargetArrow,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { deleteGoal } from '@/api/gen/sdk.gen'
import type { GoalDetail } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { toastDone } from '@/components/toasts'
import { today } from '@/lib/dates'
import { nextStep } from './logic'
import { goalOptions, refreshGoals } from './queries'
import type { GoalSearch } from './search'
import { useKeepTemplate } from './templates/KeepTemplate'
import { type GoalAct, useGoalActs } from './useGoalActs'

interface GoalActionsProps {
  goal: GoalDetail
  onSearch: (change: Partial<GoalSearch>) => void
}

const ICON: Record<GoalAct, Icon> = {
  agree: IconHeartHandshake,
  request_changes: IconMessage2Exclamation,
  check_in: IconTargetArrow,
  activate: IconPlayerPlay,
  add_key_result: IconPlus,
  edit: IconPencil,
  propose: IconSend,
  carry_over: IconArrowForwardUp,
  close: IconFlagCheck,
  cancel: IconCircleX,
  reopen: IconRotate,
  archive: IconArchive,
  restore: IconArchiveOff,
  ask_for_news: IconBell,
  no_longer_ask_for_news: IconBellOff,
}

const ACTS = Object.keys(ICON) as GoalAct[]

/** The next step as a button, the rest in a menu; both only as far as the API allows them. */
export function GoalActions({ goal, onSearch }: GoalActionsProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { perform, isPending } = useGoalActs(goal, onSearch)
  const me = useMe()
  const template = useKeepTemplate(goal)
  const remove = useMutation({
    mutationFn: () => deleteGoal({ path: { goal_id: goal.id }, headers: ifMatch(tagOf(goal)) }),
    onSuccess: async () => {
      toastDone(t('goal.deleted', { title: goal.title }))
      await navigate({ to: '/goals' })
      queryClient.removeQueries({ queryKey: goalOptions(goal.id).queryKey })
      refreshGoals(queryClient)
    },
  })
  const next = nextStep(goal, today())
  const rest = ACTS.filter((act) => act !== next && may(goal, act)).filter(
    (act) => act !== 'check_in' || goal.key_results.length > 0,
  )
  const NextIcon = next && ICON[next]
  return (
    <>
      {next && NextIcon && (
        <Button
          leftSection={<NextIcon size={17} />}
          loading={isPending}
          onClick={() => perform(next)}
        >
          {t(`goal.act.${next}`)}
        </Button>
      )}
      {may(goal, 'delete') && (
        <ConfirmButton
          leftSection={<IconTrash size={16} />}
          loading={remove.isPending}
          question={t('goal.deleteQuestion')}
          confirmLabel={t('goal.act.delete')}
          onConfirm={() => remove.mutate()}
        >
          {t('goal.act.delete')}
        </ConfirmButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('common.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((act) => {
            const ActIcon = ICON[act]
            return (
              <Menu.Item
                key={act}
                leftSection={<ActIcon size={17} stroke={1.7} />}
                onClick={() => perform(act)}
              >
                {t(`goal.act.${act}`)}
              </Menu.Item>
            )
          })}
          {may(me, 'manage_goal_templates') && template.item}
          <Menu.Item
            leftSection={<IconPrinter size={17} stroke={1.7} />}
            onClick={() => window.print()}
          >
            {t('goal.act.print')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {template.dialog}
    </>
  )
}
