using System.Runtime.CompilerServices;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Benchmarks;

/// <summary>Measures in turns and prints ratios: absolute times differ from machine to machine.</summary>
internal static class Program
{
    private const string Usage = """
        EyeSlots.Benchmarks WHAT [--check]
          stages [--data DIR]   read, decode, warp, encode and write, each beside its floor
          decode [--data DIR]   the region decoder beside a full OpenCV decode, 224 to 956 px
          memory --data DIR     decode, warp and encode alone, two threads, images in memory
          job --data DIR --spark-home DIR [--pyarrow DIR] [--runs 3] [--skip-rows]
                                the whole program beside the PySpark peer, in turns
          fuzz --count N --seed S
                                reads mutated images and lists; for tests, in a process of its own
          --check               runs stages and decode for a moment on drawn photographs; fails when one does not work
        DIR comes from make_dataset.py DIR COUNT.
        """;

    private static async Task<int> Main(string[] args)
    {
        // OpenCV is used here before the product is, whose initializer says where the library lies.
        RuntimeHelpers.RunModuleConstructor(typeof(SlotCropper).Module.ModuleHandle);
        var options = Options.Parse(args);
        switch (options.What)
        {
            case "check":
                using (var drawn = DrawnFaces.Make(24))
                {
                    await StageBenchmark.RunAsync(drawn.Folder, TimeSpan.FromMilliseconds(30));
                    DecodeBenchmark.Run(drawn.Folder, TimeSpan.FromMilliseconds(30));
                    MemoryBenchmark.Run(drawn.Folder, TimeSpan.FromMilliseconds(200));
                }

                return 0;
            case "stages":
                await StageBenchmark.RunAsync(options.Data, TimeSpan.FromSeconds(2));
                return 0;
            case "decode":
                DecodeBenchmark.Run(options.Data, TimeSpan.FromSeconds(1));
                return 0;
            case "memory":
                MemoryBenchmark.Run(options.Data, TimeSpan.FromSeconds(5));
                return 0;
            case "fuzz":
                return Fuzz.Run(options.Count, options.Seed);
            case "job":
                return JobBenchmark.Run(options);
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }
}
