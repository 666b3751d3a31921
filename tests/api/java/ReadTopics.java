import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** BROKER REGISTRY TOPIC...: a line a committed record: its topic, its bytes in base 64, its JSON or a dash. */
public class ReadTopics {
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", arguments[0],
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
        var coder = new ConfluentSchemaRegistryCoder(new CachedSchemaRegistryClient(arguments[1], 1000));
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings, bytes, bytes)) {
            List<TopicPartition> parts = new ArrayList<>();
            for (int at = 2; at < arguments.length; at++) {
                for (var part : consumer.partitionsFor(arguments[at])) {
                    parts.add(new TopicPartition(part.topic(), part.partition()));
                }
            }
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            var ends = consumer.endOffsets(parts);
            while (parts.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.value() != null) {
                        var raw = Base64.getEncoder().encodeToString(record.value());
                        System.out.println(record.topic() + "\t" + raw + "\t" + read(coder, record.value()));
                    }
                }
            }
        }
    }

    private static String read(ConfluentSchemaRegistryCoder coder, byte[] value) {
        try {
            var stream = new ByteArrayInputStream(value);
            var schema = coder.readSchema(stream);
            var decoder = DecoderFactory.get().directBinaryDecoder(stream, null);
            return new GenericDatumReader<Object>(schema).read(null, decoder).toString();
        } catch (Exception error) {
            return "-";
        }
    }
}
