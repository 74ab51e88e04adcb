// Times sums over all processes: microseconds of each for messages of some sizes.
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  int rounds = argc > 1 ? atoi(argv[1]) : 40;
  enum { SIZES = 4, MOST = 1000 };
  const int counts[SIZES] = {2, 1 << 12, 1 << 18, 1 << 20};
  if (rounds < 1 || rounds > MOST) rounds = 40;
  float *values = calloc(counts[SIZES - 1], sizeof *values);
  if (values == NULL) MPI_Abort(MPI_COMM_WORLD, 1);
  for (int size = 0; size < SIZES; size++) {
    double times[MOST];
    for (int round = 0; round < rounds; round++) {
      MPI_Barrier(MPI_COMM_WORLD);
      double start = MPI_Wtime();
      MPI_Allreduce(MPI_IN_PLACE, values, counts[size], MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
      times[round] = MPI_Wtime() - start;
    }
    qsort(times, rounds, sizeof *times, compare);
    if (rank == 0) printf("%d %.1f\n", 4 * counts[size], 1e6 * times[rounds / 2]);
  }
  free(values);
  MPI_Finalize();
  return 0;
}
