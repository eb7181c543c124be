import { Button, Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { COLUMNS, type GoalColumn } from '../search'

interface ColumnsMenuProps {
  shown: readonly GoalColumn[]
  onChange: (columns: GoalColumn[]) => void
}

/** Which columns the table has; the menu stays open for the next one. */
export function ColumnsMenu({ shown, onChange }: ColumnsMenuProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<IconColumns3 size={15} />}>
          {t('goals.table.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {COLUMNS.map((column) => {
          const isShown = shown.includes(column)
          // The last one stays: none named means all.
          const isLast = isShown && shown.length === 1
          return (
            <Menu.CheckboxItem
              key={column}
              checked={isShown}
              disabled={isLast}
              onChange={() =>
                onChange(COLUMNS.filter((each) => (each === column) !== shown.includes(each)))
              }
            >
              {t(column === 'status' ? 'goals.status' : `goals.table.${column}`)}
            </Menu.CheckboxItem>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
