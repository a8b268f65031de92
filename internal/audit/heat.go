package audit

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// heat is participation by member: a table whose columns are reports, or groups of reports when there are many.
type heat struct {
	Columns []string
	Rows    []heatRow
}

type heatRow struct {
	Name, Sum string
	Cells     []heatCell
}

// heatCell is how often a member signed in a column.
type heatCell struct {
	Level string // none: did not sit; 0 to 4: from never to always
	Text  string
}

// maxColumns is as many as a screen shows apart.
const maxColumns = 60

func heatOf(r Result) heat {
	var readable []Report
	for _, one := range r.Reports {
		if len(one.Seats) > 0 {
			readable = append(readable, one)
		}
	}
	if len(readable) == 0 {
		return heat{}
	}
	per := (len(readable) + maxColumns - 1) / maxColumns
	var h heat
	counts := make(map[common.Hash][][2]int) // by member and column: sat, signed
	columns := (len(readable) + per - 1) / per
	for i, one := range readable {
		if i%per == 0 {
			h.Columns = append(h.Columns, columnName(readable[i:min(i+per, len(readable))]))
		}
		for _, seat := range one.Seats {
			if counts[seat.ID] == nil {
				counts[seat.ID] = make([][2]int, columns)
			}
			counts[seat.ID][i/per][0]++
			if seat.Signed {
				counts[seat.ID][i/per][1]++
			}
		}
	}
	for _, m := range r.Members {
		if counts[m.ID] == nil {
			continue
		}
		row := heatRow{Name: m.Name, Sum: fmt.Sprintf("%d of %d", m.Signed, m.Rounds)}
		for _, c := range counts[m.ID] {
			row.Cells = append(row.Cells, cellOf(c[0], c[1], per))
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

func columnName(reports []Report) string {
	first, last := reports[0].RefSlot, reports[len(reports)-1].RefSlot
	if first == last {
		return fmt.Sprintf("slot %d", first)
	}
	return fmt.Sprintf("slots %d to %d", first, last)
}

func cellOf(sat, signed, per int) heatCell {
	switch {
	case sat == 0:
		return heatCell{"none", "did not sit"}
	case per == 1 && signed == 1:
		return heatCell{"4", "signed"}
	case per == 1:
		return heatCell{"0", "absent"}
	}
	level := 4 * signed / sat
	if level == 0 && signed > 0 {
		level = 1
	}
	return heatCell{fmt.Sprint(level), fmt.Sprintf("%d of %d", signed, sat)}
}
