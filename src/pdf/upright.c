#include "pdf/upright.h"

#include <stdbool.h>

void upright_place(int orientation, int columns, int rows, int x, int y, int *across, int *down)
{
	static const struct {
		bool left, up; /* stored columns run leftwards, rows upwards, as stored */
	} runs[] = { [1] = { 0, 0 }, [2] = { 1, 0 }, [3] = { 1, 1 }, [4] = { 0, 1 },
		     [5] = { 0, 0 }, [6] = { 0, 1 }, [7] = { 1, 1 }, [8] = { 1, 0 } };
	int turn = orientation >= 1 && orientation <= 8 ? orientation : 1;
	int along = runs[turn].left ? columns - 1 - x : x;
	int aside = runs[turn].up ? rows - 1 - y : y;
	*across = turn < 5 ? along : aside;
	*down = turn < 5 ? aside : along;
}
