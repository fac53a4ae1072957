using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

[Collection(nameof(Spark40))]
public sealed class SparkSession40Tests(Spark40 spark) : SparkSessionTests(spark);

[Collection(nameof(Spark41))]
public sealed class SparkSession41Tests(Spark41 spark) : SparkSessionTests(spark);

[Collection(nameof(Spark43))]
public sealed class SparkSession43Tests(Spark43 spark) : SparkSessionTests(spark);

[Collection(nameof(Spark40))]
public sealed class DataFrame40Tests(Spark40 spark) : DataFrameTests(spark);

[Collection(nameof(Spark41))]
public sealed class DataFrame41Tests(Spark41 spark) : DataFrameTests(spark);

[Collection(nameof(Spark43))]
public sealed class DataFrame43Tests(Spark43 spark) : DataFrameTests(spark);

[Collection(nameof(Spark40))]
public sealed class Operation40Tests(Spark40 spark) : OperationTests(spark);

[Collection(nameof(Spark41))]
public sealed class Operation41Tests(Spark41 spark) : OperationTests(spark);

[Collection(nameof(Spark43))]
public sealed class Operation43Tests(Spark43 spark) : OperationTests(spark);

[Collection(nameof(Spark40))]
public sealed class Artifact40Tests(Spark40 spark) : ArtifactTests(spark);

[Collection(nameof(Spark41))]
public sealed class Artifact41Tests(Spark41 spark) : ArtifactTests(spark);

[Collection(nameof(Spark43))]
public sealed class Artifact43Tests(Spark43 spark) : ArtifactTests(spark);

[Collection(nameof(Spark40))]
public sealed class MapInArrow40Tests(Spark40 spark) : MapInArrowTests(spark);

[Collection(nameof(Spark41))]
public sealed class MapInArrow41Tests(Spark41 spark) : MapInArrowTests(spark);

[Collection(nameof(Spark43))]
public sealed class MapInArrow43Tests(Spark43 spark) : MapInArrowTests(spark);
