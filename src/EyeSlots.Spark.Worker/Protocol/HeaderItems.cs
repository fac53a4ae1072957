namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>The items that headers of several levels have in common, each read where a codec says.</summary>
internal static class HeaderItems
{
    private const int MapInArrow = 207;

    /// <param name="reader">Stands at the barrier flag.</param>
    /// <param name="barrierFieldsAlways">Whether port and secret of the barrier are sent to other stages too.</param>
    internal static TaskIdentity ReadTask(WireReader reader, bool barrierFieldsAlways)
    {
        if (reader.ReadBoolean("the barrier flag") || barrierFieldsAlways)
        {
            reader.ReadInt32("the barrier's port");
            reader.ReadText("the barrier's secret");
        }

        return new()
        {
            StageId = reader.ReadInt32("the stage"),
            PartitionId = reader.ReadInt32("the partition"),
            AttemptNumber = reader.ReadInt32("the attempt"),
            TaskAttemptId = reader.ReadInt64("the task attempt"),
            Cpus = reader.ReadInt32("the cpus"),
            Resources = ReadResources(reader),
            LocalProperties = reader.ReadMap("the local properties"),
        };
    }

    internal static void SkipIncludes(WireReader reader)
    {
        for (var left = reader.ReadCount("the includes"); left > 0; left--) reader.ReadText("the includes");
    }

    internal static void ExpectNoBroadcast(WireReader reader)
    {
        var decrypts = reader.ReadBoolean("the decryption flag of broadcasts");
        if (reader.ReadInt32("the count of broadcasts") != 0 || decrypts)
            throw new WireFormatException("The task has broadcast variables, which a .NET function cannot read.");
    }

    internal static void ExpectMapInArrow(WireReader reader)
    {
        var type = reader.ReadInt32("the eval type");
        if (type != MapInArrow) throw new WireFormatException($"The eval type is {type}; this worker runs {MapInArrow}, mapInArrow.");
    }

    internal static void ExpectNoProfiler(WireReader reader)
    {
        if (reader.ReadBoolean("the profiler flag"))
            throw new WireFormatException("A profiler is asked for, which this worker does not have: unset spark.sql.pyspark.udf.profiler.");
    }

    /// <summary>Reads the one function with its arguments, all of which are columns of the input's one struct.</summary>
    /// <returns>The command.</returns>
    internal static byte[] ReadFunction(WireReader reader, bool argumentsMayHaveNames)
    {
        ExpectOne(reader.ReadInt32("the count of functions"), "functions");
        for (var left = reader.ReadCount("the arguments"); left > 0; left--)
        {
            reader.ReadInt32("the offset of an argument");
            if (argumentsMayHaveNames && reader.ReadBoolean("the name flag of an argument")) reader.ReadText("the name of an argument");
        }

        ExpectOne(reader.ReadInt32("the count of chained functions"), "chained functions");
        return reader.ReadBlob("the command");
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadResources(WireReader reader)
    {
        var resources = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        for (var left = reader.ReadCount("the resources"); left > 0; left--)
        {
            var key = reader.ReadText("a resource");
            reader.ReadText("the name of a resource");
            var addresses = new List<string>();
            for (var more = reader.ReadCount("the addresses"); more > 0; more--) addresses.Add(reader.ReadText("an address"));
            resources[key] = addresses;
        }

        return resources;
    }

    private static void ExpectOne(int count, string what)
    {
        if (count != 1) throw new WireFormatException($"The task has {count} {what}; mapInArrow has one.");
    }
}
