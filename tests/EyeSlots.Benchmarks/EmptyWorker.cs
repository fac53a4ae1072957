using System.Formats.Tar;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Worker;

namespace EyeSlots.Benchmarks;

/// <summary>This program as a worker of Spark whose functions do nothing: what a task costs besides its work.</summary>
internal static class EmptyWorker
{
    /// <summary>The function that says of each row in which partition it was.</summary>
    public const string Partition = "partition";

    /// <summary>What <see cref="Partition"/> takes and gives.</summary>
    public static Schema Columns { get; } = new([new("number", Int32Type.Default, false)], null);

    /// <summary>Whether Spark started this process.</summary>
    public static bool IsMeant(string[] args) => args is ["-m", ..];

    public static Task<int> RunAsync(string[] args) => WorkerHost.Create()
        .Add<TellPartition>(Partition)
        .Add(ShardFunction.Name, RemoteJson.Default.RemoteJob, job => new ClaimShards(new LocalObjectStore(StorageAddress.Parse(job.Output))))
        .Add(ProbeFunction.Name, RemoteJson.Default.RemoteProbe, _ => new Nothing())
        .RunAsync(args);

    /// <summary>An archive in the form of the real worker's, holding only the way to this program.</summary>
    public static string Pack(Scratch scratch)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var program = Path.Combine(AppContext.BaseDirectory, typeof(EmptyWorker).Assembly.GetName().Name!);
        var archive = Path.Combine(scratch.Folder, "worker.tar");
        using var tar = new TarWriter(File.Create(archive));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, SessionSettings.Program)
        {
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes($"#!/bin/sh\nDOTNET_ROOT='{dotnet}' exec '{program}' \"$@\"\n")),
        });
        return archive;
    }

    private sealed class TellPartition : IArrowFunction
    {
        public Schema GetOutputSchema(Schema input) => Columns;

        public async IAsyncEnumerable<RecordBatch> RunAsync(
            IAsyncEnumerable<RecordBatch> input, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var batch in input)
            {
                var numbers = new Int32Array.Builder().AppendRange(Enumerable.Repeat(context.PartitionId, batch.Length)).Build();
                yield return new(Columns, [numbers], batch.Length);
            }
        }
    }

    /// <summary>For the question whether this machine is fit, which a session may ask: nothing is amiss.</summary>
    private sealed class Nothing : IArrowFunction
    {
        public Schema GetOutputSchema(Schema input) => Columns;

        public IAsyncEnumerable<RecordBatch> RunAsync(IAsyncEnumerable<RecordBatch> input, TaskContext context, CancellationToken cancellation) =>
            AsyncEnumerable.Empty<RecordBatch>();
    }

    /// <summary>Reads each slice as the real function does, and publishes one byte as its shard: the run looks for it before it commits.</summary>
    private sealed class ClaimShards(LocalObjectStore output) : IArrowFunction
    {
        private static readonly string NoHash = new('0', 64);

        public Schema GetOutputSchema(Schema input) => ShardFunction.Output;

        public async IAsyncEnumerable<RecordBatch> RunAsync(
            IAsyncEnumerable<RecordBatch> input, TaskContext context, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var batch in input)
            {
                for (var row = 0; row < batch.Length; row++)
                {
                    var part = ShardFunction.PartOf(batch, row);
                    var slices = new byte[part.Length];
                    await output.ReadPartAsync(part.Key, part.Offset, slices, cancellation);
                    foreach (var slice in SliceRow.Read(slices))
                    {
                        await output.PublishAsync(ShardLayout.ShardKey(slice.Fingerprint), new byte[1], cancellation);
                        yield return Claim(slice);
                    }
                }
            }
        }

        private static RecordBatch Claim(Slice slice)
        {
            var result = new ShardResult
            {
                Fingerprint = slice.Fingerprint, List = slice.List, Faces = slice.Faces.Count, Rows = slice.Faces.Count, Rejected = 0,
                RejectedByCode = new Dictionary<string, int>(), Bytes = 1, Sha256 = NoHash, FaceKeysSha256 = NoHash,
            };
            return ShardFunction.Answer(result);
        }
    }
}
